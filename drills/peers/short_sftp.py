# SPDX-License-Identifier: Apache-2.0
"""An SFTP server that states the size of a file and ends it early, with the best of manners.

    python3 short_sftp.py FLAG

It is the system's own server behind a filter. While the file FLAG exists, what is named `end-N...` ends after N bytes as
if that were all of it, and with `bye-N...` the server takes its leave there: every answer that is due is given, then the
session is closed.
"""

import os
import re
import struct
import subprocess
import sys
import threading

SERVERS = ["/usr/lib/openssh/sftp-server", "/usr/libexec/openssh/sftp-server", "/usr/lib/ssh/sftp-server"]
NAME = re.compile(rb"(end|bye)-(\d+)[^/]*\Z")
OPEN, READ, STATUS, HANDLE = 3, 5, 101, 102
END_OF_FILE = 1


def frame(stream):
    """The next packet without its length; empty at the end."""
    length = stream.read(4)
    return stream.read(struct.unpack(">I", length)[0]) if len(length) == 4 else b""


def text(body, at):
    length = struct.unpack_from(">I", body, at)[0]
    return body[at + 4 : at + 4 + length], at + 4 + length


def text_of(value):
    return struct.pack(">I", len(value)) + value


class Filter:
    def __init__(self, flag):
        self.flag = flag
        self.server = subprocess.Popen(
            [next(filter(os.path.exists, SERVERS))], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.lock = threading.Condition()
        self.opening = {}  # by request, how and where the file will end
        self.ends = {}  # by handle
        self.due = set()  # requests without an answer

    def run(self):
        threading.Thread(target=self.answers, daemon=True).start()
        while packet := frame(sys.stdin.buffer):
            self.request(packet)
        self.server.stdin.close()
        self.server.wait()

    def request(self, packet):
        kind, number = packet[0], packet[1:5]
        if kind == OPEN:
            name = NAME.search(text(packet, 5)[0])
            if name and os.path.exists(self.flag):
                self.opening[number] = name[1], int(name[2])
        if kind == READ:
            handle, at = text(packet, 5)
            offset, length = struct.unpack_from(">QI", packet, at)
            manner, end = self.ends.get(handle, ("", offset + length))
            if offset >= end:
                self.finish(manner, number)
                return
            packet = packet[:at] + struct.pack(">QI", offset, min(length, end - offset))
        if kind != 1:  # the first packet carries a version and no number
            with self.lock:
                self.due.add(number)
        self.server.stdin.write(text_of(packet))
        self.server.stdin.flush()

    def finish(self, manner, number):
        with self.lock:
            if manner == b"bye":
                self.lock.wait_for(lambda: not self.due)
                os._exit(0)
            self.send(bytes([STATUS]) + number + struct.pack(">I", END_OF_FILE) + text_of(b"End of file") + text_of(b""))

    def answers(self):
        while packet := frame(self.server.stdout):
            number = packet[1:5]
            with self.lock:
                end = self.opening.pop(number, None)
                if packet[0] == HANDLE:
                    handle = text(packet, 5)[0]
                    self.ends.pop(handle, None)
                    if end:
                        self.ends[handle] = end
                self.send(packet)
                self.due.discard(number)
                self.lock.notify_all()
        os._exit(0)

    def send(self, packet):
        sys.stdout.buffer.write(text_of(packet))
        sys.stdout.buffer.flush()


Filter(sys.argv[1]).run()
