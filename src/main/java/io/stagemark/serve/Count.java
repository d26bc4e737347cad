package io.stagemark.serve;

/** Numbers of things in words. */
final class Count {
  private Count() {}

  /** Returns such as {@code 1 run} or {@code 2 runs}. */
  static String of(int count, String one) {
    return count + " " + one + (count == 1 ? "" : "s");
  }
}
