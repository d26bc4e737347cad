package io.stagemark.shard;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.data.ShownPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The shards that a user names, and whether they are all of one whole. */
public final class ShardSet {
  private static final int MAX_NAMED = 20;

  private ShardSet() {}

  /**
   * Reads every shard's header.
   *
   * @param places files, folders of a shard, or folders of such folders
   * @throws BadInputException if a place has no shard, or one is damaged; all of them are named
   */
  public static List<ShardFile> read(List<Path> places) throws BadInputException, IOException {
    List<Problem> problems = new ArrayList<>();
    List<ShardFile> shards = new ArrayList<>();
    for (Path place : places) {
      List<Path> files = files(place);
      if (files.isEmpty()) {
        problems.add(
            new Problem(
                ShownPath.of(place),
                "no shard: no " + ShardFile.NAME + " in it or in a folder in it",
                "the folder that score-shard wrote to",
                "./stagemark score-shard CONFIG --shard 1/64 --out " + ShownPath.of(place)));
      }
      for (Path file : files) {
        try {
          shards.add(ShardFile.read(file));
        } catch (BadInputException e) {
          problems.addAll(e.problems());
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new BadInputException(problems);
    }
    return shards;
  }

  private static List<Path> files(Path place) throws IOException {
    if (Files.isRegularFile(place)) {
      return List.of(place);
    }
    if (!Files.isDirectory(place)) {
      return List.of();
    }
    List<Path> files = new ArrayList<>();
    if (Files.isRegularFile(place.resolve(ShardFile.NAME))) {
      files.add(place.resolve(ShardFile.NAME));
    }
    try (Stream<Path> entries = Files.list(place)) {
      entries
          .map(entry -> entry.resolve(ShardFile.NAME))
          .filter(Files::isRegularFile)
          .sorted()
          .forEach(files::add);
    }
    return files;
  }

  /**
   * Checks that each shard of one whole is there once, and no other.
   *
   * @throws BadInputException naming the missing, doubled and foreign ones
   */
  static void requireWhole(List<ShardFile> shards) throws BadInputException {
    List<Problem> problems = new ArrayList<>();
    ShardFile one = shards.get(0);
    SortedMap<Integer, List<Path>> byIndex = new TreeMap<>();
    for (ShardFile shard : shards) {
      List<ShardIdentity.Difference> differences =
          shard.header().identity().differences(one.header().identity());
      for (ShardIdentity.Difference each : differences) {
        problems.add(
            new Problem(
                ShownPath.of(shard.path()),
                "a foreign shard: " + each.what() + " " + each.here(),
                "that of " + ShownPath.of(one.path()) + ": " + each.there(),
                "merge the shards of one config, data set and version"));
      }
      if (differences.isEmpty()) {
        byIndex.computeIfAbsent(shard.header().index(), k -> new ArrayList<>()).add(shard.path());
      }
    }
    byIndex.forEach(
        (index, paths) -> {
          if (paths.size() > 1) {
            problems.add(
                new Problem(
                    paths.stream().map(ShownPath::of).collect(Collectors.joining(", ")),
                    "shard %s twice".formatted(new ShardPart(index, of(one))),
                    "each shard once",
                    "name one of the two"));
          }
        });
    List<Integer> missing =
        IntStream.rangeClosed(1, of(one)).boxed().filter(k -> !byIndex.containsKey(k)).toList();
    if (!missing.isEmpty()) {
      String named =
          missing.stream().limit(MAX_NAMED).map(String::valueOf).collect(Collectors.joining(", "));
      problems.add(
          new Problem(
              "shards of " + one.header().name(),
              "missing: "
                  + named
                  + (missing.size() > MAX_NAMED
                      ? " and %d more".formatted(missing.size() - MAX_NAMED)
                      : "")
                  + " of "
                  + of(one),
              "every shard from 1 to " + of(one),
              "./stagemark score-shard CONFIG --shard "
                  + new ShardPart(missing.get(0), of(one))
                  + " --out FOLDER"));
    }
    if (!problems.isEmpty()) {
      throw new BadInputException(problems);
    }
  }

  private static int of(ShardFile shard) {
    return shard.header().identity().shards();
  }
}
