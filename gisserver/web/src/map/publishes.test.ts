import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { EVERY_MS, followPublishes, type Watcher } from "./publishes";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watcher() {
  return { onPublish: vi.fn(), onLost: vi.fn(), onBack: vi.fn() } satisfies Watcher;
}

async function afterRounds(answers: (number | Error)[]) {
  const ask = vi.fn<() => Promise<number>>();
  for (const answer of answers) {
    if (answer instanceof Error) ask.mockRejectedValueOnce(answer);
    else ask.mockResolvedValueOnce(answer);
  }
  const told = watcher();
  const stop = followPublishes(ask, 7, told);
  for (const _ of answers) await vi.advanceTimersByTimeAsync(EVERY_MS);
  stop();
  return { ask, told };
}

describe("following publishes", () => {
  it("tells of each new one once", async () => {
    const { told } = await afterRounds([7, 8, 8, 9]);
    expect(told.onPublish.mock.calls).toEqual([[8], [9]]);
  });

  it("tells once that the service is gone and once that it is back", async () => {
    const gone = new Error("gone");
    const { told } = await afterRounds([gone, gone, 7]);
    expect(told.onLost).toHaveBeenCalledTimes(1);
    expect(told.onBack).toHaveBeenCalledTimes(1);
    expect(told.onPublish).not.toHaveBeenCalled();
  });

  it("learns of what was published while the service was gone", async () => {
    const { told } = await afterRounds([new Error("gone"), 12]);
    expect(told.onPublish).toHaveBeenCalledWith(12);
  });

  it("asks no more once it was stopped", async () => {
    const { ask } = await afterRounds([7]);
    await vi.advanceTimersByTimeAsync(10 * EVERY_MS);
    expect(ask).toHaveBeenCalledTimes(1);
  });
});
