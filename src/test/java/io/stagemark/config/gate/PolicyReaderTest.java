package io.stagemark.config.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.stagemark.config.Key;
import io.stagemark.config.gate.Policy.Factor;
import io.stagemark.data.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PolicyReaderTest {
  private static final Path DEFAULT = Path.of("configs", "policies", "default.yaml");
  private static final String SCHEMA = "policy-schema-1.json";

  @TempDir Path folder;

  @Test
  void read_defaultFile_isThePolicyOfNoFile() throws Exception {
    assertThat(PolicyReader.read(DEFAULT)).isEqualTo(PolicyReader.byDefault());
  }

  @Test
  void defaultFile_everyKey_hasItsRangeInTheLineAbove() throws IOException {
    List<String> lines = Files.readAllLines(DEFAULT);
    PolicyKeys.ROOT.forEach(key -> assertThat(lines).contains("# " + key.expected()));
    for (List<Key<?>> keys :
        List.of(PolicyKeys.MARGIN_KEYS, PolicyKeys.QUALITY_KEYS, PolicyKeys.EXACT_KEYS)) {
      keys.forEach(key -> assertThat(lines).contains("  # " + key.expected()));
    }
  }

  @Test
  void read_ownPolicy_fillsTheRestFromDefaults() throws Exception {
    Policy policy =
        PolicyReader.read(
            policy(
                """
                name: nightly
                gate: [total.p50]
                margins: {p50: 4}
                stages: [{stage: decode, p95: 9, floorMicros: 20}]
                quality: {scores: [{score: coco-ap, margin: 0.005}, {score: focal-seed, margin: 0.1}]}
                exact: {gate: flops}
                mayDiffer: [jdk, jvm-flags]
                """));
    assertThat(policy.gates("total.p50")).isTrue();
    assertThat(policy.gates("forward.p50")).isFalse();
    assertThat(policy.marginsOf("decode")).isEqualTo(new Policy.Margins(4, 9, 5, 20));
    assertThat(policy.marginsOf("total").ratio(95)).isEqualTo(0.03);
    assertThat(policy.quality().scores())
        .containsExactlyInAnyOrderEntriesOf(Map.of("coco-ap", 0.005, "focal-unweighted", 0.1));
    assertThat(policy.exact().gate()).containsExactly("flops");
    assertThat(policy.mayDiffer()).containsExactly(Factor.JDK, Factor.JVM_FLAGS);
  }

  @Test
  void read_mistakes_areToldAtOnceWithTheirLines() throws Exception {
    Path file = policy("alpha: 5\ngates: [total.p50]\nmargins: {p50: -1}\nmayDiffer: [procesor]\n");
    assertThatThrownBy(() -> PolicyReader.read(file))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("policy.yaml:1: alpha")
        .hasMessageContaining("policy.yaml:2: gates")
        .hasMessageContaining("policy.yaml:3: margins.p50")
        .hasMessageContaining("policy.yaml:4: mayDiffer")
        .hasMessageContaining("4 problems");
  }

  @Test
  void read_noFile_saysWhatToPass() {
    assertThatThrownBy(() -> PolicyReader.read(folder.resolve("none.yaml")))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("no such file")
        .hasMessageContaining("--policy configs/policies/default.yaml");
  }

  @Test
  void schema_defaultFile_fits() throws IOException {
    assertThat(schemaProblems(DEFAULT)).isEmpty();
    assertThat(schemaProblems(policy("alpha: 5\n"))).hasSize(1);
    assertThat(schemaProblems(policy("gates: []\n"))).hasSize(1);
    assertThat(schemaProblems(policy("gate: [total.p42]\n"))).isNotEmpty();
  }

  @Test
  void schema_properties_areTheKeysOfTheReader() throws IOException {
    JsonNode root = schema();
    assertNames(root, PolicyKeys.ROOT);
    assertNames(root.at("/properties/margins"), PolicyKeys.MARGIN_KEYS);
    assertNames(root.at("/properties/stages/items"), PolicyKeys.STAGE_KEYS);
    assertNames(root.at("/properties/quality"), PolicyKeys.QUALITY_KEYS);
    assertNames(root.at("/properties/quality/properties/scores/items"), PolicyKeys.SCORE_KEYS);
    assertNames(root.at("/properties/exact"), PolicyKeys.EXACT_KEYS);
    List<String> factors = new ArrayList<>();
    root.at("/properties/mayDiffer/items/enum").forEach(each -> factors.add(each.asText()));
    assertThat(factors).isEqualTo(PolicyKeys.MAY_DIFFER.range().choices());
  }

  private static void assertNames(JsonNode section, List<Key<?>> keys) {
    List<String> names = new ArrayList<>();
    section.path("properties").fieldNames().forEachRemaining(names::add);
    assertThat(names).containsExactlyElementsOf(keys.stream().map(Key::name).toList());
    assertThat(section.path("additionalProperties").asBoolean(true)).isFalse();
  }

  private static JsonNode schema() throws IOException {
    try (InputStream in = Policy.class.getResourceAsStream(SCHEMA)) {
      return new ObjectMapper().readTree(in);
    }
  }

  private static Set<ValidationMessage> schemaProblems(Path file) throws IOException {
    return JsonSchemaFactory.getInstance(VersionFlag.V202012)
        .getSchema(schema())
        .validate(new YAMLMapper().readTree(file.toFile()));
  }

  private Path policy(String text) throws IOException {
    return Files.writeString(folder.resolve("policy.yaml"), text);
  }
}
