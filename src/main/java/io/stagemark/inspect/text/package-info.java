/**
 * An inspection as text for a terminal and as JSON.
 *
 * <p>Start reading at {@link io.stagemark.inspect.text.InspectionText}. Names come from files of
 * others: they are made visible before they are shown.
 */
@NullMarked
package io.stagemark.inspect.text;

import org.jspecify.annotations.NullMarked;
