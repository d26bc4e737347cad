package io.stagemark.fleet;

import io.stagemark.result.RunResult;
import java.util.OptionalDouble;

/**
 * A machine, by the result that was measured on it.
 *
 * @param name that the user knows it by: the folder of its result
 * @param result of the run
 * @param pricePerHour in whatever money; empty if it was not given
 * @param watts that it takes; empty if they were not given
 */
public record FleetMachine(
    String name, RunResult result, OptionalDouble pricePerHour, OptionalDouble watts) {}
