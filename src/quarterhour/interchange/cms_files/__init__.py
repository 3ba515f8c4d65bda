"""The files CMS publishes, as downloaded: zip archives, tab-parted, comma-parted and fixed-width text, workbooks.

What a file is, its content says; its name only says what the content leaves out, which often is the release.
"""

from quarterhour.interchange.cms_files.reading import Asked, Reading
from quarterhour.interchange.cms_files.recognise import LeftAside, read, recognised
from quarterhour.interchange.cms_files.sources import OfficialFile, official_files

__all__ = ["Asked", "LeftAside", "OfficialFile", "Reading", "official_files", "read", "recognised"]
