// SPDX-License-Identifier: Apache-2.0
/**
 * Signing in through an OpenID provider: the authorization code flow with PKCE.
 *
 * <p>Owns the talk with the provider and the judgement of what it says. Which account somebody gets
 * is decided by {@link io.entrepot.server.identity.OpenIdAccounts}. The protocol is a library's;
 * all its requests go through {@link io.entrepot.server.notices.outgoing.Outgoing}. Nothing is
 * asked of the provider before somebody wants to sign in, and no token of it is kept.
 */
@NullMarked
package io.entrepot.server.openid;

import org.jspecify.annotations.NullMarked;
