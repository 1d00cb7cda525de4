"""The vector tiles of a running server, decoded by mapbox-vector-tile and compared with the API and the files.

    OPENALMATY_BIN=.build/debug/openalmaty Tests/Python/run.py Tests/Python/tiles

The test cases are in other files; they are imported here so that they share one server.
"""

from archive import ArchiveTest
from areas import DistrictTest
from clusters import ClusterTest
from places import PlaceTest
from protocol import ProtocolTest, StyleTest
from pyramid import PyramidTest

__all__ = ["ArchiveTest", "ClusterTest", "DistrictTest", "PlaceTest", "ProtocolTest", "PyramidTest", "StyleTest"]
