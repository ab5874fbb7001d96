-- A random walk over the addresses in the file named by ADDRESSES, with the headers of a browser.
local addresses = {}
for line in io.lines(os.getenv("ADDRESSES")) do addresses[#addresses + 1] = line end

wrk.headers["Accept"] = "*/*"
wrk.headers["Accept-Encoding"] = "gzip, deflate, br"
wrk.headers["Accept-Language"] = "tr-TR,tr;q=0.9,en;q=0.8"
wrk.headers["Connection"] = "keep-alive"
wrk.headers["Referer"] = "http://127.0.0.1/map"
wrk.headers["Sec-Fetch-Dest"] = "empty"
wrk.headers["Sec-Fetch-Mode"] = "cors"
wrk.headers["Sec-Fetch-Site"] = "same-origin"
wrk.headers["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"

function init() math.randomseed(os.time()) end

function request() return wrk.format("GET", addresses[math.random(#addresses)]) end
