package io.stagemark.flops.torchscript.value;

import io.stagemark.flops.torchscript.script.ScriptFault;

/**
 * The numbers that a loop runs over, one made at a time: a loop of 10^12 needs no list.
 *
 * @param start the first number
 * @param step from one to the next; not 0
 * @param count how many there are, at least 0
 */
public record ScriptRange(long start, long step, long count) {

  /** range(end), range(start, end) or range(start, end, step). */
  public static Object of(Arguments a) {
    for (int i = 0; i < a.count(); i++) {
      if (a.get(i) instanceof Unknown) {
        return Unknown.ANYTHING;
      }
    }
    long start = a.count() > 1 ? a.integer(0) : 0;
    long end = a.integer(a.count() > 1 ? 1 : 0);
    return between(start, end, a.count() > 2 ? a.integer(2) : 1);
  }

  public static ScriptRange between(long start, long end, long step) {
    if (step == 0) {
      throw new ScriptFault("range", "a step of 0");
    }
    long distance = step > 0 ? Math.subtractExact(end, start) : Math.subtractExact(start, end);
    long size = Math.absExact(step);
    return new ScriptRange(start, step, distance <= 0 ? 0 : (distance - 1) / size + 1);
  }

  public long get(long index) {
    return start + index * step;
  }
}
