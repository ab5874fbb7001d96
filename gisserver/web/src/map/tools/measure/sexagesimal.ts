/** 38° 25′ 18.73″, as surveyors read degrees. */
export function sexagesimal(degrees: number): string {
  const hundredths = Math.round(Math.abs(degrees) * 360_000);
  const [whole, minutes, seconds] = [Math.floor(hundredths / 360_000), Math.floor(hundredths / 6000) % 60, (hundredths % 6000) / 100];
  return `${degrees < 0 ? "-" : ""}${whole}° ${String(minutes).padStart(2, "0")}′ ${seconds.toFixed(2).padStart(5, "0")}″`;
}
