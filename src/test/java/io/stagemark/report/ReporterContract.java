package io.stagemark.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.output.OutputTree;
import io.stagemark.result.RunResult;
import io.stagemark.result.file.RecordTexts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link Reporter} keeps to. A test of a reporter extends it and names the reporter. */
public abstract class ReporterContract {
  private static final int MAX_COLUMNS = 100;
  private static final String HOSTILE =
      "\u001b[31m\u0007\r\n::error::INJECTED\n##vso[x]\u0000\u202e\ud800";

  /** Words that the program takes a meaning from. */
  private static final Set<String> MEANT =
      Set.of("decode", "preprocess", "forward", "postprocess", "gap", "total", "score", "server");

  @TempDir Path parent;

  /** Returns the reporter under test. */
  protected abstract Reporter reporter();

  /** Runs that it must render: a whole one, and one with a case that never ran well. */
  private static List<RunResult> runs() {
    return List.of(SampleRun.complete(), SampleRun.withAFailedCase());
  }

  /** A run's folder: it has its result already. */
  private Path folder(String name) throws IOException {
    Path folder = Files.createDirectories(parent.resolve(name));
    Files.writeString(folder.resolve("result.json"), "{}");
    return folder;
  }

  /** Returns the files by name, but for the list that the tree itself keeps. */
  private static Map<String, String> files(Path root) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (file.endsWith(".stagemark")) {
          continue;
        }
        files.put(
            root.relativize(file).toString(),
            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return files;
  }

  @Test
  void name_always_isOneThatAConfigCanWrite() {
    assertThat(reporter().name()).matches("[a-z0-9-]+");
  }

  @Test
  void render_sameRunTwice_givesTheSameTextAndFiles() throws Exception {
    for (RunResult run : runs()) {
      Path one = folder("one");
      Path two = folder("two");
      Rendering first = reporter().render(run, OutputTree.of(one));
      Rendering second = reporter().render(run, OutputTree.of(two));
      assertThat(second).isEqualTo(first);
      assertThat(files(two)).isEqualTo(files(one));
    }
  }

  @Test
  void render_always_writesTheFilesItNamesAndNoneBeside() throws Exception {
    Path folder = folder("run");
    for (RunResult run : runs()) {
      Rendering made = reporter().render(run, OutputTree.of(folder));
      assertThat(made.files()).allMatch(name -> folder.resolve(name).startsWith(folder));
      assertThat(made.files()).allMatch(name -> Files.isRegularFile(folder.resolve(name)));
      assertThat(files(parent).keySet()).allMatch(name -> Path.of(name).startsWith("run"));
    }
  }

  @Test
  void render_always_printsLinesOfAHundredColumnsAtMost() throws Exception {
    for (RunResult run : runs()) {
      String text = reporter().render(run, OutputTree.of(folder("run"))).console();
      assertThat(text).matches(it -> it.isEmpty() || it.endsWith("\n"), "ends with a line break");
      assertThat(text.lines()).allMatch(line -> line.length() <= MAX_COLUMNS);
    }
  }

  // Names of models, examples and labels come from files of others.
  @Test
  void render_hostileTexts_printsNoControlCharactersAndNoCommands() throws Exception {
    for (RunResult run : runs()) {
      RunResult hostile =
          RecordTexts.map(run, text -> MEANT.contains(text) ? text : text + HOSTILE);
      Path folder = folder("hostile");
      String printed = reporter().render(hostile, OutputTree.of(folder)).console();
      List<String> texts = new ArrayList<>(List.of(printed));
      for (Map.Entry<String, String> file : files(folder).entrySet()) {
        if (file.getKey().endsWith(".md") || file.getKey().endsWith(".txt")) {
          texts.add(file.getValue());
        }
      }
      for (String text : texts) {
        assertThat(text.chars()).noneMatch(c -> c != '\n' && c < 0x20);
        assertThat(text).doesNotContain("\u202e", "##vso[");
        assertThat(Arrays.stream(text.split("\n", -1)))
            .noneMatch(line -> line.strip().startsWith("::"));
      }
    }
  }
}
