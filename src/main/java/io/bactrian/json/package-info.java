/**
 * What JSON means here: exact decimals, plain notation, key order kept.
 *
 * <p>Entry point: {@link io.bactrian.json.Json}. Depends on nothing of Bactrian.
 */
@NullMarked
package io.bactrian.json;

import org.jspecify.annotations.NullMarked;
