package io.stagemark.task;

import io.stagemark.data.LabelMap;
import io.stagemark.postprocess.DecoderSettings;
import io.stagemark.preprocess.PreprocessSettings;
import java.util.Optional;

/**
 * What a model card says of everything around the network.
 *
 * @param task name of the {@link Task}
 * @param preprocess how an image becomes the input tensor; empty for a model that takes tensors
 * @param decoder how the outputs become predictions; empty for a task that has none
 * @param labels the class names
 */
public record TaskSettings(
    String task,
    Optional<PreprocessSettings> preprocess,
    Optional<DecoderSettings> decoder,
    LabelMap labels) {}
