package io.stagemark.task;

import io.stagemark.data.ElementType;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.spi.Named;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;

/**
 * What a model is for, found with {@link java.util.ServiceLoader}.
 *
 * <p>To add one: implement this and {@link TaskSession}, and name the class in {@code
 * META-INF/services/io.stagemark.task.Task}.
 */
public interface Task extends Named {

  /** Returns the scores that a config may ask of this task, such as {@code coco-ap}. */
  List<String> scores();

  @Override
  default void requireUsable() {
    Objects.requireNonNull(scores(), "it says no scores");
  }

  /**
   * Binds the stages to one session's memory.
   *
   * @param settings what the model card says
   * @param inputs the session's input tensors, in the model's order, which preprocessing fills
   * @param outputSpecs the session's outputs, in the model's order
   * @param outputs the session's output tensors, valid after each forward
   * @throws TaskException if the settings do not fit the model's real inputs and outputs; the
   *     message names both
   */
  TaskSession bind(
      TaskSettings settings,
      List<Tensor> inputs,
      List<TensorSpec> outputSpecs,
      IntFunction<Tensor> outputs)
      throws TaskException;

  /**
   * Returns an empty scorer for some of {@link #scores}.
   *
   * @param inputs the session's inputs, in the model's order
   * @param names which, in the order of the report
   * @throws IllegalArgumentException for a name that is not in {@link #scores}
   * @throws TaskException for a score that this model cannot have, such as top-5 of two classes
   */
  Scorer scorer(TaskSettings settings, List<TensorSpec> inputs, List<String> names)
      throws TaskException;

  /**
   * Checks what a model card says against its own outputs and the scores that are asked of it,
   * before anything is loaded.
   *
   * @param inputs as the card names them, the batch filled in
   * @param outputs likewise
   * @param names as for {@link #scorer}
   * @throws TaskException if they do not go together; the message says what does
   */
  default void check(
      TaskSettings settings, List<TensorSpec> inputs, List<TensorSpec> outputs, List<String> names)
      throws TaskException {
    scorer(settings, inputs, names);
  }

  /** Returns the type that decoders and scores read an output of a type in. */
  static ElementType readAs(ElementType type) {
    return FloatOutputs.isRead(type) ? ElementType.FLOAT32 : type;
  }
}
