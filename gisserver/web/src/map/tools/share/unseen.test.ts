import { expect, test } from "vitest";
import { poolLayer } from "../../pool_layer.sample";
import { unseenByOthers } from "./unseen";

test("whoever is sent a link misses exactly the layers that are not for everybody", () => {
  const pipes = poolLayer("water_lines", "network", { is_public: false });
  expect(unseenByOthers([poolLayer("parcels", "cadastre"), pipes])).toEqual([pipes]);
  expect(unseenByOthers([poolLayer("parcels", "cadastre")])).toEqual([]);
});
