/**
 * Saved files to figures: arrays, COCO files and labels, as {@code ./stagemark score} reads them.
 *
 * <p>Start reading at {@link io.stagemark.score.SavedScores}.
 *
 * <p><b>In:</b> predictions and truth in files. <b>Out:</b> named scores.
 */
@NullMarked
package io.stagemark.score;

import org.jspecify.annotations.NullMarked;
