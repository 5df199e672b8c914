# SPDX-License-Identifier: Apache-2.0
"""Takes the power from the mounted ext4 file system that a path lies on: its log is not flushed."""

import fcntl
import os
import struct
import sys

SHUTDOWN = 0x8004587D
WITHOUT_FLUSHING_THE_LOG = 2

place = os.open(sys.argv[1], os.O_RDONLY)
fcntl.ioctl(place, SHUTDOWN, struct.pack("I", WITHOUT_FLUSHING_THE_LOG))
