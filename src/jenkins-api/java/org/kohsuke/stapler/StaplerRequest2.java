package org.kohsuke.stapler;

import net.sf.json.JSONObject;

/** Signature only. */
public interface StaplerRequest2 {
    void bindJSON(Object bean, JSONObject src);
}
