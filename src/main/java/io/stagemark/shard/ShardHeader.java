package io.stagemark.shard;

import io.stagemark.result.Environment;
import io.stagemark.trial.ScoredPart;
import java.util.List;
import java.util.Map;

/**
 * Everything of a shard but the states of its scores.
 *
 * @param schemaVersion {@link #SCHEMA_VERSION} of the program that wrote it
 * @param name of the run
 * @param index which shard, from 1
 * @param identity what all shards of the data set have in common
 * @param config as resolved, as a JSON tree without this machine's folders
 * @param data its share of the data set
 * @param environment where it was scored
 * @param startedAt ISO-8601 instant in UTC
 * @param wallSeconds that it took, in seconds
 * @param cases in the config's order
 */
public record ShardHeader(
    int schemaVersion,
    String name,
    int index,
    ShardIdentity identity,
    Map<String, Object> config,
    Data data,
    Environment environment,
    String startedAt,
    double wallSeconds,
    List<CasePart> cases) {
  /** The version this program writes. */
  public static final int SCHEMA_VERSION = 1;

  public ShardHeader {
    cases = List.copyOf(cases);
  }

  /**
   * The share of the data set.
   *
   * @param dataset its name
   * @param first place of the first example in the whole, from 0
   * @param examples how many; may be 0
   * @param sha256 digest of ids, places, truth and bytes; those of all shards add up to the data
   *     set's
   * @param notes what a user should know of it
   */
  public record Data(String dataset, long first, int examples, String sha256, List<String> notes) {
    public Data {
      notes = List.copyOf(notes);
    }
  }

  /**
   * A case.
   *
   * @param caseId the case's id
   * @param scored what was found besides the scores
   */
  public record CasePart(String caseId, ScoredPart scored) {}

  /** Returns which shard it is. */
  ShardPart part() {
    return new ShardPart(index, identity.shards());
  }
}
