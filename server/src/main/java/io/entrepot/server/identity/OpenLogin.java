// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

/**
 * A place where somebody is signed in.
 *
 * @param email of the account
 * @param origin from where and with what it was opened
 */
public record OpenLogin(Login login, String email, Origin origin) {}
