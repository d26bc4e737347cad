package io.stagemark.result.comparison;

/**
 * One side of a comparison.
 *
 * @param name of the run, or what the gate's config says of the side
 * @param place the run's folder or class path
 * @param startedAt ISO-8601 instant in UTC
 * @param machine processor and cores
 * @param software JDK and program version
 */
public record Side(String name, String place, String startedAt, String machine, String software) {}
