package io.stagemark.study;

/** A background load: one thread that multiplies until somebody ends it. */
public final class BusyProgram {
  private static final long STEPS = 1L << 28;

  private BusyProgram() {}

  public static void main(String[] args) {
    long value = 1;
    // an overflow to this very value ends it; its parent does so long before
    while (value != 0) {
      for (long i = 0; i < STEPS; i++) {
        value = value * 6364136223846793005L + 1442695040888963407L;
      }
    }
    System.out.println(value);
  }
}
