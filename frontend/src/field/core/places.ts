// Which place a code means, and how far away it is.
import type { Place, Position } from "./types";

const EARTH_RADIUS_M = 6_371_008.8;

/** A code is a tag, an address that contains one, or a tag with a changing number behind it. */
export function placeOfToken(token: string, places: readonly Place[]): Place | undefined {
  const parts = new Set(token.trim().toUpperCase().split(/[^A-Z0-9]+/).filter(Boolean));
  const whole = token.trim().toUpperCase();
  return places.find((place) => place.tag.toUpperCase() === whole) ?? places.find((place) => parts.has(place.tag.toUpperCase()));
}

export function distanceTo(
  place: { lat: string | number | null; lon: string | number | null } | undefined,
  position: Position | null,
): number | null {
  if (!place || !position || place.lat === null || place.lon === null || place.lat === "" || place.lon === "") return null;
  return metresBetween(Number(place.lat), Number(place.lon), Number(position.lat), Number(position.lon));
}

export function metresBetween(lat1: number, lon1: number, lat2: number, lon2: number): number {
  const [a, b] = [radians(lat1), radians(lat2)];
  const half = Math.sin((b - a) / 2) ** 2 + Math.cos(a) * Math.cos(b) * Math.sin(radians(lon2 - lon1) / 2) ** 2;
  return Math.round(2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(half))));
}

export function positionOf(coords: { latitude: number; longitude: number; accuracy: number }, at: Date): Position {
  return {
    lat: coords.latitude.toFixed(6),
    lon: coords.longitude.toFixed(6),
    accuracy: Math.round(coords.accuracy),
    at: at.toISOString(),
  };
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
