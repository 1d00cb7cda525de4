package import SignatureSite
package import SiteKit

extension Feature {
    /// Forms with every kind of field, for developers of pages; they exist only in development and store nothing but the draft of
    /// the steps.
    package static func samples(_ signing: Signing) -> Feature {
        var feature = Feature(module: "SampleSite")
        feature.routes = { routes, site in
            for pages in routes.pages {
                SampleFormPages(site: site).add(to: pages)
                SampleStepsPages(site: site).add(to: pages)
                SampleSignaturePages(site: site, signing: signing).add(to: pages)
                SampleAttachmentPages(site: site).add(to: pages)
            }
        }
        return feature
    }
}
