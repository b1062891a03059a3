package net.sf.json;

/** Signature only. */
abstract class AbstractJSON {
    AbstractJSON() {}
}
