package io.stagemark.engine;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a model runs.
 *
 * @param kind {@code cpu} or {@code cuda}
 * @param index which one of that kind, from 0
 */
public record Device(String kind, int index) {
  private static final Pattern FORM = Pattern.compile("(cpu|cuda)(?::(\\d{1,3}))?");

  /** The host's processor. */
  public static final Device CPU = new Device("cpu", 0);

  /** Returns the device that {@code cpu}, {@code cuda} or {@code cuda:1} names; empty if none. */
  public static Optional<Device> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches() || (matcher.group(2) != null && text.startsWith("cpu"))) {
      return Optional.empty();
    }
    int index = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
    return Optional.of(new Device(matcher.group(1), index));
  }

  /** Returns whether this is the host's processor. */
  public boolean isCpu() {
    return kind.equals(CPU.kind);
  }

  /** Returns {@code cpu} or such as {@code cuda:0}. */
  @Override
  public String toString() {
    return isCpu() ? kind : kind + ":" + index;
  }
}
