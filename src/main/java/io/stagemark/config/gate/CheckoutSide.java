package io.stagemark.config.gate;

import io.stagemark.config.Checkout;
import io.stagemark.config.Place;
import io.stagemark.config.Problems;
import io.stagemark.data.ShownPath;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A side of a gate that is a whole checkout: its run, cards, models, data set, build and plugins
 * are those of its folder.
 */
final class CheckoutSide {
  private static final String JAR = "target/stagemark.jar";
  private static final String CLASS_PATH = "target/runtime-classpath.txt";
  private static final String PLUGINS = "plugins";

  private final Path gate;
  private final Path home;
  private final Place place;
  private final Problems problems;

  /**
   * @param gate the gate's config
   * @param home the other checkout
   * @param place of the key that names it
   */
  CheckoutSide(Path gate, Path home, Place place, Problems problems) {
    this.gate = gate;
    this.home = home;
    this.place = place;
    this.problems = problems;
  }

  /** Returns the file of the other checkout that is where a file of this one is. */
  Optional<Path> counterpart(Path file) {
    Path root = Checkout.rootOf(gate);
    if (!Files.isDirectory(home)) {
      problems.add(
          place,
          ShownPath.of(home) + ": no such folder",
          "a whole checkout: configs, models, data, and the build of it where it has one",
          "git worktree add --detach " + ShownPath.of(home) + " origin/main");
      return Optional.empty();
    }
    if (!file.startsWith(root)) {
      problems.add(
          place,
          ShownPath.of(file) + " is outside of " + ShownPath.of(root),
          "a run inside the checkout, so that the other one has it at the same place",
          "run: a config beside the gate's");
      return Optional.empty();
    }
    Path other = home.resolve(root.relativize(file));
    if (!Files.isRegularFile(other)) {
      problems.add(
          place,
          ShownPath.of(other) + ": no such file",
          "the run at the same place in the other checkout",
          "a home whose revision has the run");
      return Optional.empty();
    }
    return Optional.of(other);
  }

  /**
   * Returns the class path of the other checkout: its own build where it is one of this program,
   * else this program with the checkout's plugins in place of this one's.
   */
  List<Path> classPath() {
    List<Path> all = new ArrayList<>();
    List<Path> plugins = plugins();
    boolean replaced = false;
    if (Files.isRegularFile(home.resolve(JAR)) && Files.isRegularFile(home.resolve(CLASS_PATH))) {
      all.add(home.resolve(JAR));
      all.addAll(GateReader.listed(home.resolve(CLASS_PATH), place, problems));
    } else if (Files.isRegularFile(home.resolve("pom.xml"))
        && Files.isRegularFile(home.resolve("stagemark"))) {
      problems.add(
          place,
          ShownPath.of(home) + " is not built",
          JAR + " and " + CLASS_PATH + " in it",
          "mvn -q -B -Dmaven.test.skip=true -f "
              + ShownPath.of(home.resolve("pom.xml"))
              + " package");
    } else {
      Path own = Checkout.rootOf(gate).resolve(PLUGINS);
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
        Path path = Path.of(entry).toAbsolutePath().normalize();
        if (!entry.isEmpty() && !own.equals(path.getParent())) {
          all.add(path);
        } else {
          replaced |= !entry.isEmpty();
        }
      }
      if (!replaced && plugins.isEmpty()) {
        return List.of(); // this program as it is
      }
    }
    all.addAll(plugins);
    return all;
  }

  private List<Path> plugins() {
    try (Stream<Path> files = Files.list(home.resolve(PLUGINS))) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      return List.of(); // no such folder
    }
  }
}
