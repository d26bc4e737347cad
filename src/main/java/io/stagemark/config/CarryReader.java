package io.stagemark.config;

import io.stagemark.data.NearestName;
import io.stagemark.task.TaskSettings;
import java.util.ArrayList;
import java.util.List;

/** Reads the section {@code carry} of a card: names that must be among its inputs and outputs. */
final class CarryReader {
  private final Problems problems;
  private final List<ModelCard.Port> inputs;
  private final List<ModelCard.Port> outputs;

  CarryReader(Problems problems, List<ModelCard.Port> inputs, List<ModelCard.Port> outputs) {
    this.problems = problems;
    this.inputs = inputs;
    this.outputs = outputs;
  }

  List<TaskSettings.Carry> read(Section card) {
    List<TaskSettings.Carry> carries = new ArrayList<>();
    if (!card.has(CardKeys.CARRY)) {
      return carries;
    }
    for (Section carry : card.children(CardKeys.CARRY)) {
      carry.knowing(CardKeys.CARRY_KEYS);
      carries.add(
          new TaskSettings.Carry(
              name(carry, CardKeys.CARRY_OUTPUT, outputs),
              name(carry, CardKeys.CARRY_INPUT, inputs)));
    }
    return carries;
  }

  /** Returns the name of a port; reports one that the card does not have. */
  private String name(Section carry, Key<String> key, List<ModelCard.Port> ports) {
    String name = carry.get(key);
    List<String> names = ports.stream().map(ModelCard.Port::name).toList();
    if (carry.has(key) && !names.contains(name)) {
      problems.add(
          carry.placeOf(key),
          YamlText.oneLine(name) + ": the card has no such " + key.name(),
          "one of: " + String.join(", ", names),
          NearestName.of(name, names)
              .or(() -> names.stream().findFirst())
              .map(near -> key.name() + ": " + near)
              .orElse("remove this line"));
    }
    return name;
  }
}
