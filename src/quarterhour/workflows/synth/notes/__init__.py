"""Notes of synthetic visits: what is told of each, and the forms it is written in.

phrases -> tale -> layouts -> column
"""
