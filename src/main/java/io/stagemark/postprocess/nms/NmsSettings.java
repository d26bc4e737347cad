package io.stagemark.postprocess.nms;

import java.util.OptionalDouble;

/**
 * How candidates suppress each other.
 *
 * @param method the rule
 * @param iouThreshold a ratio in [0, 1]
 * @param scoreThreshold for rules that lower scores: boxes below are dropped
 * @param agnostic true: boxes of all classes suppress each other
 * @param preNmsTopK boxes that take part at most, best first
 * @param maxDetections boxes kept at most
 * @param parameter σ or β of the rule; empty for its default
 */
public record NmsSettings(
    NmsMethod method,
    double iouThreshold,
    double scoreThreshold,
    boolean agnostic,
    int preNmsTopK,
    int maxDetections,
    OptionalDouble parameter) {}
