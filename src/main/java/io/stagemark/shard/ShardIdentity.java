package io.stagemark.shard;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.stagemark.data.Sha256;
import io.stagemark.result.file.ResultFiles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What all shards of one data set have in common: those that differ in anything of it are not parts
 * of one whole.
 *
 * @param shards how many there are
 * @param stagemark version of the program
 * @param libraries versions by name, engines first
 * @param config SHA-256 of what the config says of data set, cases and scores
 * @param models SHA-256 of each model's files and card, by name
 * @param listing SHA-256 of ids and truth of the whole data set
 * @param examples of the whole data set
 */
public record ShardIdentity(
    int shards,
    String stagemark,
    Map<String, String> libraries,
    String config,
    Map<String, String> models,
    String listing,
    long examples) {
  /** The parts of a config that scores depend on. */
  private static final List<String> SECTIONS = List.of("name", "dataset", "cases", "score");

  public ShardIdentity {
    libraries = new TreeMap<>(libraries);
    models = new TreeMap<>(models);
  }

  /** Returns the digest of a config, as a tree without this machine's folders. */
  static String configDigest(Map<String, Object> config) {
    Map<String, Object> used = new TreeMap<>();
    SECTIONS.forEach(section -> used.put(section, ordered(config.get(section))));
    try {
      return Sha256.of(ResultFiles.compact(used).getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a config that is no JSON: " + e.getMessage(), e);
    }
  }

  /** The keys of some maps come in another order in each JVM. */
  private static Object ordered(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> sorted = new TreeMap<>();
      map.forEach((key, each) -> sorted.put(String.valueOf(key), ordered(each)));
      return sorted;
    }
    if (value instanceof List<?> list) {
      List<Object> all = new ArrayList<>();
      list.forEach(each -> all.add(ordered(each)));
      return all;
    }
    return value == null ? "" : value;
  }

  /** A thing in which two shards differ. */
  record Difference(String what, String here, String there) {}

  /** Returns in what another shard is not of the same whole. */
  List<Difference> differences(ShardIdentity other) {
    Map<String, List<Object>> both = new LinkedHashMap<>();
    both.put("number of shards", List.of(shards, other.shards));
    both.put("config", List.of(config, other.config));
    both.put("model files", List.of(models, other.models));
    both.put("data set", List.of(listing, other.listing));
    both.put("examples of the data set", List.of(examples, other.examples));
    both.put("version of Stagemark", List.of(stagemark, other.stagemark));
    both.put("versions of libraries", List.of(libraries, other.libraries));
    List<Difference> found = new ArrayList<>();
    both.forEach(
        (what, values) -> {
          if (!Objects.equals(values.get(0), values.get(1))) {
            found.add(
                new Difference(what, String.valueOf(values.get(0)), String.valueOf(values.get(1))));
          }
        });
    return found;
  }
}
