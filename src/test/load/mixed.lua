-- wrk script: of ten requests eight read and two submit a small task.
-- wrk -t2 -c100 -d30s --latency -s src/test/load/mixed.lua http://127.0.0.1:8080
local task = os.getenv("BIG_TASK") or ""
local submit = '{"namespace": "csv_processing", "name": "csv_product_inventory_analyzer", "context": {"csv_file_path": "fixtures/products_one.csv"}}'
local paths = {
  "/v1/tasks?per_page=20",
  "/v1/tasks?status=complete&per_page=20",
  "/v1/tasks/" .. task,
  "/v1/tasks/" .. task .. "/progress",
  "/v1/tasks/" .. task .. "/workflow_steps?per_page=50",
  "/v1/templates",
  "/v1/nodes",
  "/v1/tasks?status=steps_in_process",
}
local count = 0

request = function()
  count = count + 1
  local slot = count % 10
  if slot >= 8 then
    return wrk.format("POST", "/v1/tasks", {["Content-Type"] = "application/json"}, submit)
  end
  return wrk.format("GET", paths[slot + 1])
end

local threads = {}
setup = function(thread) table.insert(threads, thread) end

init = function() statuses = {} end

response = function(status)
  statuses[status] = (statuses[status] or 0) + 1
end

done = function(summary, latency)
  local all = {}
  for _, thread in ipairs(threads) do
    for status, n in pairs(thread:get("statuses")) do all[status] = (all[status] or 0) + n end
  end
  for status, n in pairs(all) do io.write(string.format("status %s: %d\n", status, n)) end
  io.write(string.format("p50 %.0f ms, p99 %.0f ms, max %.0f ms\n", latency:percentile(50) / 1000, latency:percentile(99) / 1000, latency.max / 1000))
end
