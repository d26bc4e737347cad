package io.stagemark.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.BadInputException;
import io.stagemark.data.ScratchTree;
import io.stagemark.gate.GateFolder;
import io.stagemark.output.OutputTree;
import io.stagemark.run.record.RunFolder;
import io.stagemark.run.record.RunLock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** Whatever is around and in an output folder, and whatever is run into it: users keep theirs. */
final class UsersFilesProperties {
  private static final int TRIES = 200;
  private static final int ENTRIES = 6;
  private static final int COMMANDS = 5;
  private static final int STEPS = 9;
  private static final String LIST = ".stagemark";

  private static final List<String> PLACES =
      List.of(
          "out",
          "out/.stagemark",
          "out/result.json",
          "out/result.json.part",
          "out/report.md",
          "out/comparison.json",
          "out/notes.txt",
          "out/samples",
          "out/samples/recording.wav",
          "out/samples/a-trial1.npy",
          "out/samples/pair01-baseline.npy",
          "out/images",
          "out/images/a.png",
          "out/trials",
          "out/trials/patient-007/data.csv",
          "out/trials/a-trial1",
          "out/trials/a-trial1/notes.txt",
          "out.previous",
          "out.previous/.stagemark",
          "out.previous/result.json",
          "out.previous/samples/mine.wav",
          ".out.lock",
          "elsewhere",
          "elsewhere/data.csv");

  private Path root = Path.of("");

  /** What each of the user's files holds, by its path. */
  private final Map<Path, String> files = new LinkedHashMap<>();

  /** Where each of the user's links leads. */
  private final Map<Path, Path> links = new LinkedHashMap<>();

  private int written;

  @BeforeTry
  void makeFolder() throws IOException {
    root = Files.createTempDirectory("stagemark-users").toRealPath();
    files.clear();
    links.clear();
  }

  @AfterTry
  void removeFolder() throws IOException {
    ScratchTree.delete(root);
  }

  @Property(tries = TRIES)
  void commands_anyTreeAndSequence_keepEveryFileOfTheUsers(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    List<String> done = new ArrayList<>();
    for (int command = 0; command < COMMANDS; command++) {
      for (int entry = random.nextInt(ENTRIES); entry > 0; entry--) {
        done.add(put(random));
      }
      done.add(command(random));
      check(done);
    }
  }

  private void check(List<String> done) throws IOException {
    for (Map.Entry<Path, String> file : files.entrySet()) {
      assertThat(file.getKey()).as("%s", done).exists();
      assertThat(Files.readString(file.getKey())).as("%s", done).isEqualTo(file.getValue());
    }
    for (Map.Entry<Path, Path> link : links.entrySet()) {
      assertThat(link.getKey()).as("%s", done).isSymbolicLink();
      assertThat(Files.readSymbolicLink(link.getKey())).as("%s", done).isEqualTo(link.getValue());
    }
  }

  /** Puts something of the user's where nothing is, or in place of a file of the program's. */
  private String put(Random random) throws IOException {
    Path path = root.resolve(PLACES.get(random.nextInt(PLACES.size())));
    Path other = root.resolve(PLACES.get(random.nextInt(PLACES.size())));
    int kind = random.nextInt(6);
    try {
      Path parent = Objects.requireNonNull(path.getParent());
      Files.createDirectories(parent);
      if (!parent.toRealPath().equals(parent)) {
        return ""; // through a link: it would be known by two names
      }
      if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && !files.containsKey(path)) {
        Files.delete(path); // the program's: the user has replaced it
      }
      switch (kind) {
        case 0 -> Files.createDirectory(path);
        case 1 -> {
          Files.createSymbolicLink(path, other);
          links.put(path, other);
        }
        case 2 -> {
          if (!Files.isRegularFile(other, LinkOption.NOFOLLOW_LINKS)
              || (path.endsWith(LIST) && other.endsWith(LIST))) {
            return ""; // a copied list says that a folder is the program's: it is taken at its word
          }
          Files.createLink(path, other); // of one of the program's files too
          files.put(path, Files.readString(other));
        }
        default -> {
          String text = text(path);
          Files.write(
              path,
              text.getBytes(StandardCharsets.UTF_8),
              java.nio.file.StandardOpenOption.CREATE_NEW,
              java.nio.file.StandardOpenOption.WRITE);
          files.put(path, text);
        }
      }
    } catch (IOException e) {
      return ""; // something is there, or a file is where a folder would be
    }
    return kind + " at " + root.relativize(path) + " (" + root.relativize(other) + ")";
  }

  private String text(Path path) {
    String forged = path.endsWith(LIST) ? "stagemark files 1 0123456789abcdef 0\n" : "";
    return forged + "the user's file " + written++;
  }

  /** A command that ends by itself or, after some steps, by a kill; whatever it says is right. */
  private String command(Random random) throws Exception {
    int kind = random.nextInt(4);
    int steps = random.nextBoolean() ? STEPS : random.nextInt(STEPS);
    String name = List.of("run", "resume", "gate", "report").get(kind) + " " + steps;
    try {
      switch (kind) {
        case 0 -> run(false, steps);
        case 1 -> run(true, steps);
        case 2 -> gate(steps);
        default -> report(OutputTree.of(output()), steps);
      }
    } catch (BadInputException | IOException e) {
      return name + " refused";
    }
    return name;
  }

  private Path output() {
    return root.resolve("out");
  }

  private String figures() {
    return "figures " + written++;
  }

  @SuppressWarnings("try") // the lock is held, not used
  private void run(boolean resume, int steps) throws Exception {
    List<?> problems = RunFolder.problems(output(), resume);
    if (!problems.isEmpty()) {
      throw new IOException(problems.toString());
    }
    try (RunLock lock = RunLock.take(output())) {
      RunFolder folder =
          resume && RunFolder.holdsRun(output())
              ? RunFolder.open(output())
              : RunFolder.create(output());
      Path[] trial = {output()};
      List<Step> all =
          List.of(
              () -> folder.writeText("result.json", figures()),
              () -> trial[0] = folder.freshTrial("a", 1),
              () -> Files.writeString(trial[0].resolve("stdout.log"), figures()),
              () -> Files.createDirectory(trial[0].resolve("tmp")),
              () -> Files.writeString(trial[0].resolve("tmp/library.so"), figures()),
              () -> folder.endTrial("a", 1),
              () -> folder.writeText("samples/a-trial1.npy", figures()),
              () -> folder.removeGoodTrials(),
              () -> report(OutputTree.of(output()), STEPS));
      take(all, steps);
    }
  }

  @SuppressWarnings("try") // the folder is held, not used
  private void gate(int steps) throws Exception {
    GateFolder.check(output());
    Path made = Files.writeString(Files.createTempFile("stagemark", "made"), figures());
    try (GateFolder folder = GateFolder.take(output())) {
      OutputTree tree = OutputTree.of(output());
      take(
          List.of(
              () -> tree.take(made, "samples/pair01-baseline.npy"),
              () -> tree.write("comparison.json", figures())),
          steps);
    } finally {
      Files.deleteIfExists(made);
    }
  }

  private void report(OutputTree tree, int steps) throws Exception {
    take(
        List.of(
            () -> tree.write("images/a.png", figures()), () -> tree.write("report.md", figures())),
        steps);
  }

  private interface Step {
    void take() throws Exception;
  }

  private static void take(List<Step> all, int steps) throws Exception {
    for (int step = 0; step < Math.min(steps, all.size()); step++) {
      all.get(step).take();
    }
  }
}
