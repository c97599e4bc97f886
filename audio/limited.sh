#!/bin/sh
# Runs ffmpeg (or, where the first argument says so, ffprobe) within limits, since files come from strangers.
# fluent-ffmpeg starts one program by name, so the limits are set here and kept through exec: the process id stays the same.
program=ffmpeg
if [ "$1" = ffprobe ]; then
  program=ffprobe
  shift
fi
# CPU seconds: two hours of audio need about 60 on a PC; a loop in a decoder ends here even if the hub is gone
ulimit -t 600
# KiB of address space: Debian's ffmpeg maps 400 MB before it decodes anything (macOS knows no such limit)
ulimit -v 1572864 2>/dev/null
# blocks of 512 bytes in one file: 64 MiB, twice the largest rendering
ulimit -f 131072
# the hub answers people while it renders
exec nice -n 10 "$program" "$@"
