-- Replays the requests of a file in turn: wrk -s replay.lua URL -- FILE. A line has a path and headers, separated by tabs.
-- The requests are built before the clock starts, so that every route costs the client the same. Prints one line at the end,
-- which run.py parses.

local requests = {}
local position = 0

function init(arguments)
    for line in io.lines(arguments[1]) do
        local headers = {}
        for name, value in line:gmatch("\t([^:\t]+): ([^\t]*)") do
            headers[name] = value
        end
        requests[#requests + 1] = wrk.format("GET", line:match("^[^\t]*"), headers)
    end
end

function request()
    position = position % #requests + 1
    return requests[position]
end

function done(summary, latency, _)
    local errors = summary.errors
    local bad = errors.connect + errors.read + errors.write + errors.status + errors.timeout
    io.write(string.format(
        "@@ %d %d %d %.1f %.1f\n", summary.requests, summary.duration, bad, latency:percentile(50), latency:percentile(99)
    ))
end
