"""The vector tiles of the running server, decoded by mapbox-vector-tile and held against the API and the files.

    OPENALMATY_BIN=.build/debug/openalmaty Tests/Python/run.py Tests/Python/tiles

The cases stand in files of their own; they are gathered here so that one server answers all of them.
"""

from archive import ArchiveTest
from areas import DistrictTest
from clusters import ClusterTest
from places import PlaceTest
from protocol import ProtocolTest, StyleTest
from pyramid import PyramidTest

__all__ = ["ArchiveTest", "ClusterTest", "DistrictTest", "PlaceTest", "ProtocolTest", "PyramidTest", "StyleTest"]
