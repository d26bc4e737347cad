/**
 * The card and the config of a model file, as text: what {@code ./stagemark init} writes and {@code
 * ./stagemark run FILE} measures.
 *
 * <p>Start reading at {@link io.stagemark.draft.ModelDraft}. It needs {@code inspect} for what is
 * known of the file; it reads and writes no file.
 */
@NullMarked
package io.stagemark.draft;

import org.jspecify.annotations.NullMarked;
