package io.stagemark.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagemark.config.RunConfig;
import io.stagemark.result.file.ResultFiles;
import io.stagemark.shard.HeldPass;
import io.stagemark.shard.ShardMerge;
import io.stagemark.shard.ShardPart;
import io.stagemark.shard.ShardRun;
import io.stagemark.shard.ShardSet;
import io.stagemark.shard.ShardWhole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A config scored in this JVM, in shards: nothing is timed and no report is written. {@link
 * ShardCommandTest} shows that the commands of shards give the same.
 */
final class ShardScores {
  private ShardScores() {}

  /**
   * Scores every shard, the last one first, and merges them.
   *
   * @param folder that the shards go to, each time into a new folder
   * @return the only case of the result
   */
  static JsonNode of(String config, int shards, Path folder) throws Exception {
    RunConfig resolved = ConfigSource.read(Path.of(config));
    ShardWhole whole = ShardWhole.of(resolved).inThisJvm();
    Path parts = Files.createTempDirectory(folder, "parts");
    try (HeldPass pass = new HeldPass(resolved)) {
      for (int shard = shards; shard >= 1; shard--) {
        new ShardRun(new ShardPart(shard, shards), parts, pass).run(whole);
      }
    }
    String result = ResultFiles.text(ShardMerge.merge(ShardSet.read(List.of(parts))));
    return new ObjectMapper().readTree(result).at("/cases/0");
  }
}
