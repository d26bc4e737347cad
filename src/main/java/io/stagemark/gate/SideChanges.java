package io.stagemark.gate;

import io.stagemark.compare.ConfigChanges;
import io.stagemark.config.RunConfig;
import io.stagemark.config.gate.GateConfig;
import io.stagemark.data.Jdk;
import io.stagemark.data.Sha256;
import io.stagemark.result.comparison.Change;
import io.stagemark.result.file.ResultFiles;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;

/** What differs between the two sides of a gate: what a reader wants to know before any figure. */
final class SideChanges {
  private static final int DIGITS = 12;
  private static final int MAX_JARS = 8;

  private final GateConfig gate;
  private final List<Change> changes = new ArrayList<>();

  SideChanges(GateConfig gate) {
    this.gate = gate;
  }

  /** Adds the revisions, if Git knows both and they differ. */
  void revisions(Optional<String> baseline, Optional<String> candidate) {
    if (!baseline.equals(candidate)) {
      changes.add(new Change("revision", baseline.orElse(""), candidate.orElse("")));
    }
  }

  /** Adds every key of the resolved runs and their model cards. */
  void configs() {
    RunConfig before = gate.baseline().config();
    RunConfig after = gate.candidate().config();
    changes.addAll(
        ConfigChanges.between(
            "", ResultFiles.tree(before.cases().get(0)), ResultFiles.tree(after.cases().get(0))));
    changes.addAll(
        ConfigChanges.between(
            "measure", ResultFiles.tree(before.measure()), ResultFiles.tree(after.measure())));
    changes.addAll(ConfigChanges.between("score", before.score(), after.score()));
    changes.addAll(
        ConfigChanges.between(
            "dataset", ResultFiles.tree(before.dataset()), ResultFiles.tree(after.dataset())));
  }

  /**
   * Adds the files beside a model that no card names, such as external weights.
   *
   * @param baseline digests by name
   * @param candidate likewise
   */
  void modelFiles(SortedMap<String, String> baseline, SortedMap<String, String> candidate) {
    Set<String> names = new LinkedHashSet<>(baseline.keySet());
    names.addAll(candidate.keySet());
    List<String> known =
        Stream.of(gate.baseline(), gate.candidate())
            .flatMap(side -> side.config().cases().get(0).model().files().values().stream())
            .map(artifact -> artifact.sha256())
            .toList();
    for (String name : names) {
      String before = baseline.getOrDefault(name, "");
      String after = candidate.getOrDefault(name, "");
      boolean isCard = name.endsWith(".yaml");
      if (!before.equals(after) && !isCard && !(known.contains(before) && known.contains(after))) {
        changes.add(new Change("model file " + name, digits(before), digits(after)));
      }
    }
  }

  /** Adds the examples that only one side has, or that differ. */
  void data(List<Change> differing) {
    changes.addAll(differing);
  }

  /** Adds the jars and folders of the class paths. */
  void builds() throws IOException {
    Map<String, Path> before = byName(gate.baseline());
    Map<String, Path> after = byName(gate.candidate());
    Set<String> names = new LinkedHashSet<>(before.keySet());
    names.addAll(after.keySet());
    List<Change> found = new ArrayList<>();
    for (String name : names) {
      Path one = before.get(name);
      Path other = after.get(name);
      if (one != null && other != null && Files.isSameFile(one, other)) {
        continue;
      }
      String was = one == null ? "" : digits(digest(one));
      String is = other == null ? "" : digits(digest(other));
      if (!was.equals(is)) {
        found.add(new Change("class path: " + name, was, is));
      }
    }
    if (found.size() > MAX_JARS) {
      changes.add(
          new Change(
              "class path",
              before.size() + " entries",
              "%d entries, of which %d are new, gone or other ones"
                  .formatted(after.size(), found.size())));
    } else {
      changes.addAll(found);
    }
  }

  /** Adds the JDKs. */
  void jdks() {
    String before = gate.baseline().jdk().orElseGet(Jdk::running).toString();
    String after = gate.candidate().jdk().orElseGet(Jdk::running).toString();
    if (!before.equals(after)) {
      changes.add(new Change("JDK", before, after));
    }
  }

  /** Adds the self-test. */
  void injected() {
    gate.inject()
        .ifPresent(
            i ->
                changes.add(
                    new Change(
                        "SELF-TEST",
                        "",
                        "%s %% of work injected in %s".formatted(i.percent(), i.stage().label()))));
  }

  List<Change> list() {
    return List.copyOf(changes);
  }

  private static Map<String, Path> byName(GateConfig.Side side) {
    List<Path> entries =
        side.classPath().isEmpty()
            ? Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.isEmpty())
                .map(Path::of)
                .toList()
            : side.classPath();
    Map<String, Path> named = new LinkedHashMap<>();
    for (Path entry : entries) {
      if (Files.exists(entry)) {
        named.putIfAbsent(String.valueOf(entry.getFileName()), entry);
      }
    }
    return named;
  }

  private static String digest(Path entry) throws IOException {
    if (!Files.isDirectory(entry)) {
      return Sha256.of(entry);
    }
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(entry)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        all.append(entry.relativize(file)).append(' ').append(Sha256.of(file)).append('\n');
      }
    }
    return Sha256.of(all.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String digits(String sha256) {
    return sha256.length() <= DIGITS ? sha256 : sha256.substring(0, DIGITS);
  }
}
