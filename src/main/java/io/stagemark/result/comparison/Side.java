package io.stagemark.result.comparison;

import java.util.Optional;

/**
 * One side of a comparison.
 *
 * @param name of the run, or what the gate's config says of the side
 * @param place the run's folder or class path
 * @param startedAt ISO-8601 instant in UTC
 * @param machine processor and cores
 * @param software JDK and program version
 * @param revision of the checkout it comes from, as Git knows it, such as {@code main 1a2b3c4d};
 *     empty outside of Git and in older files
 */
public record Side(
    String name,
    String place,
    String startedAt,
    String machine,
    String software,
    Optional<String> revision) {
  public Side {
    revision = revision == null ? Optional.empty() : revision;
  }

  /** A side whose revision is not known. */
  public Side(String name, String place, String startedAt, String machine, String software) {
    this(name, place, startedAt, machine, software, Optional.empty());
  }
}
