package io.stagemark.cli;

import io.stagemark.data.UnpackedNatives;
import io.stagemark.run.process.JvmFlags;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Flags for programs that tests start: those of the JVMs of this group of tests
 * (docs/decisions/068), and the folder of the native libraries that are unpacked already.
 */
final class GroupFlags {
  private static final List<String> PROPERTIES =
      List.of(JvmFlags.FURTHER, "stagemark.canaryRounds", UnpackedNatives.FOLDER);

  private GroupFlags() {}

  /** Returns the flags; none where the tests run as the program does. */
  static List<String> list() {
    List<String> flags = new ArrayList<>();
    for (String name : PROPERTIES) {
      String value = System.getProperty(name, "");
      if (!value.isEmpty()) {
        flags.add("-D" + name + "=" + value);
      }
    }
    Arrays.stream(System.getProperty(JvmFlags.FURTHER, "").split(" ", -1))
        .filter(flag -> !flag.isEmpty())
        .forEach(flags::add);
    return List.copyOf(flags);
  }
}
