#!/bin/sh
# 100 clients for 30 s, reads and submissions mixed, while a task of 10,000 workers runs. Needs wrk, curl and a
# build (target/bactrian). Prints statuses, percentiles, and the heap in use after a full collection, each 10 s.
set -eu
cd "$(dirname "$0")/../../.."
home=$(mktemp -d)
port=${PORT:-18090}
mkdir -p "$home/templates" "$home/data"
sed -e 's/^name: .*/name: many_workers/' -e 's/batch_size: [0-9]*/batch_size: 20/' -e 's/max_workers: [0-9]*/max_workers: 10000/' \
  fixtures/templates/csv_product_inventory_analyzer.yaml > "$home/templates/many.yaml"
java fixtures/Products.java 200000 7 > "$home/data/big.csv"
BACTRIAN_JAVA_OPTS=-Xmx512m target/bactrian/bin/bactrian serve -Dbactrian.home="$home/home" -Dbactrian.api.port="$port" \
  -Dbactrian.templates.dir="$home/templates" -Dbactrian.data-roots="$home/data,fixtures" 2> "$home/log" &
node=$!
trap 'kill $node; wait $node || true; rm -rf "$home"' EXIT
until curl -sf "http://127.0.0.1:$port/v1/tasks" > /dev/null; do sleep 1; done
BIG_TASK=$(curl -sf "http://127.0.0.1:$port/v1/tasks" -H 'Content-Type: application/json' \
  -d "{\"namespace\": \"csv_processing\", \"name\": \"many_workers\", \"context\": {\"csv_file_path\": \"$home/data/big.csv\"}}" \
  | sed 's/.*"task_uuid":"\([^"]*\)".*/\1/')
export BIG_TASK
heap() { jcmd $node GC.run > /dev/null; jcmd $node GC.heap_info | awk '/Gen|heap/ { for (i = 1; i < NF; i++) if ($i == "used") sum += $(i + 1) } END { print "heap in use", int(sum / 1024), "MB" }'; }
heap
(for i in 1 2 3; do sleep 9; heap; done) &
watching=$!
wrk -t2 -c100 -d30s --timeout 30s --latency -s src/test/load/mixed.lua "http://127.0.0.1:$port"
curl -s "http://127.0.0.1:$port/v1/tasks/$BIG_TASK" | grep -oE '"(status|total_steps|completed_steps|rows_done)":"?[a-z_0-9]+'
wait $watching
heap
grep -c ERROR "$home/log" || true
