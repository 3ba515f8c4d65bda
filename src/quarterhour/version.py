"""The version of the software: the one place it is written. Reports, the command and the build read it from here."""

VERSION = "0.1.0"
