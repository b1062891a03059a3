package io.jenkins.plugins.darwin.load;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.Reader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** JMeter's results as XML: samples of the first level; what a sample is made of (embedded resources) is in it already. */
final class JmeterXml {
    private JmeterXml() {}

    /** @return null when it is another document */
    static String read(Reader in, Collected into) {
        try {
            XMLInputFactory factory = XMLInputFactory.newFactory();
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
            XMLStreamReader xml = factory.createXMLStreamReader(in);
            int depth = 0;
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    depth++;
                    String name = xml.getLocalName();
                    if (depth == 1 && !name.equals("testResults")) {
                        return null;
                    }
                    if (depth == 2 && (name.equals("httpSample") || name.equals("sample"))) {
                        sample(xml, into);
                    }
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    depth--;
                }
            }
            return "JMeter JTL";
        } catch (XMLStreamException e) {
            throw ReleaseException.usage(
                    "not whole XML: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse("") + ".",
                    e);
        }
    }

    private static void sample(XMLStreamReader xml, Collected into) {
        String label = String.valueOf(xml.getAttributeValue(null, "lb"));
        String elapsed = xml.getAttributeValue(null, "t");
        if ("false".equals(xml.getAttributeValue(null, "s"))) {
            into.failed(label);
        } else if (elapsed != null && elapsed.matches("\\d{1,18}")) {
            into.add(label, Long.parseLong(elapsed));
        }
    }
}
