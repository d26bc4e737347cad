package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A config scored in two shards, as a user types it. */
final class TwoShards {
  private TwoShards() {}

  /**
   * Scores both, the second one first, and merges them.
   *
   * @param folder that the shards and the merged result go to
   * @return the only case of the result
   */
  static JsonNode merged(String config, Path folder) throws IOException {
    String parts = folder.resolve("parts").toString();
    for (String part : List.of("2/2", "1/2")) {
      CommandRun shard = CommandRun.of("score-shard", config, "--shard", part, "--out", parts);
      assertThat(shard.exitCode()).as(shard.err()).isZero();
    }
    Path merged = folder.resolve("merged");
    CommandRun merge = CommandRun.of("merge", parts, "--out", merged.toString());
    assertThat(merge.exitCode()).as(merge.err()).isZero();
    return new ObjectMapper().readTree(merged.resolve("result.json").toFile()).at("/cases/0");
  }
}
