#!/bin/sh
# run.sh [SECONDS [FORMAT...]]: builds the fuzz targets and runs each, or those of these formats, for so long (60 unless
# said), as many at once as there are processors, starting from the kept corpus. What it finds new stays in
# build/asan/fuzz/corpus/; what breaks lies in build/asan/fuzz/ as crash-*.
set -eu
seconds=${1:-60}
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- stack preset session figure tensor lesson
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
build=$root/build/asan
out=$build/fuzz
cd "$root"
export OPENBLAS_NUM_THREADS=1  # nothing here calls it, and the leak sanitizer trips over its threads
cmake --preset asan
cmake --build --preset fuzz

# The kept corpus of lessons are the lessons themselves.
corpus_of() {
  if [ "$1" = lesson ]; then echo "$root/assets/lessons/en"; else echo "$here/corpus/$1"; fi
}

fuzz() {
  mkdir -p "$out/corpus/$1"
  "$build/bin/fuzz_$1" -max_total_time="$seconds" -timeout=10 -max_len=16384 -print_final_stats=1 \
    -artifact_prefix="$out/crash-$1-" -dict="$here/json.dict" "$out/corpus/$1" "$(corpus_of "$1")" >"$out/$1.log" 2>&1
}

# A round starts as many as there are processors and waits for all of them: none gets less than a processor of its own.
status=0
while [ $# -gt 0 ]; do
  running=''
  for _ in $(seq "$(nproc)"); do
    [ $# -gt 0 ] || break
    fuzz "$1" &
    running="$running $1:$!"
    shift
  done
  for one in $running; do
    name=${one%:*}
    echo "fuzz_$name for $seconds s"
    if wait "${one#*:}"; then
      grep -E 'number_of_executed_units|new_units_added' "$out/$name.log"
    else
      tail -n 40 "$out/$name.log"
      status=1
    fi
  done
done
exit $status
