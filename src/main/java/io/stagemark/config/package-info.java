/** See the root package for the flow. */
@NullMarked
package io.stagemark.config;

import org.jspecify.annotations.NullMarked;
