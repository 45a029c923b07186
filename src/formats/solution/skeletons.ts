/**
 * The XML of a solution with everything in it that is the same in all of ours; values are put where they belong afterwards
 * (places.ts). Order, constants and empty elements as in real exports: docs/facts/solution.md.
 */

/** `language` is a number (LCID). */
export function solutionSkeleton(language: number): string {
  return `<ImportExportXml version="9.2.25093.138" SolutionPackageVersion="9.2" languagecode="${language}" generatedBy="CrmLive" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <SolutionManifest>
    <UniqueName></UniqueName>
    <LocalizedNames>
      <LocalizedName description="" languagecode="${language}" />
    </LocalizedNames>
    <Descriptions>
      <Description description="" languagecode="${language}" />
    </Descriptions>
    <Version></Version>
    <Managed></Managed>
    <Publisher>
      <UniqueName></UniqueName>
      <LocalizedNames>
        <LocalizedName description="" languagecode="${language}" />
      </LocalizedNames>
      <Descriptions />
      <EMailAddress xsi:nil="true" />
      <SupportingWebsiteUrl xsi:nil="true" />
      <CustomizationPrefix></CustomizationPrefix>
      <CustomizationOptionValuePrefix></CustomizationOptionValuePrefix>
      <Addresses>${address(1)}${address(2)}
      </Addresses>
    </Publisher>
    <RootComponents />
    <MissingDependencies />
  </SolutionManifest>
</ImportExportXml>`;
}

/** Nothing is known of it, and the platform writes that down. */
function address(number: 1 | 2): string {
  const unknown = (names: string) => names.split(' ').map((name) => `\n          <${name} xsi:nil="true" />`);
  const parts = [
    `\n          <AddressNumber>${number}</AddressNumber>\n          <AddressTypeCode>1</AddressTypeCode>`,
    ...unknown('City County Country Fax FreightTermsCode ImportSequenceNumber Latitude Line1 Line2 Line3 Longitude Name'),
    ...unknown('PostalCode PostOfficeBox PrimaryContactName'),
    '\n          <ShippingMethodCode>1</ShippingMethodCode>',
    ...unknown('StateOrProvince Telephone1 Telephone2 Telephone3 TimeZoneRuleVersionNumber UPSZone UTCOffset'),
    ...unknown('UTCConversionTimeZoneCode'),
  ];
  return `\n        <Address>${parts.join('')}\n        </Address>`;
}

export function customizationsSkeleton(language: number): string {
  return `<ImportExportXml xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <Entities />
  <Roles />
  <Workflows />
  <FieldSecurityProfiles />
  <Templates />
  <EntityMaps />
  <EntityRelationships />
  <OrganizationSettings />
  <optionsets />
  <CustomControls />
  <EntityDataProviders />
  <connectionreferences />
  <Languages>
    <Language>${language}</Language>
  </Languages>
</ImportExportXml>`;
}

/** A cloud flow. */
export function workflowSkeleton(language: number): string {
  return `<Workflow WorkflowId="" Name="" Description="">
  <JsonFileName></JsonFileName>
  <Type>1</Type>
  <Subprocess>0</Subprocess>
  <Category>5</Category>
  <Mode>0</Mode>
  <Scope>4</Scope>
  <OnDemand>0</OnDemand>
  <TriggerOnCreate>0</TriggerOnCreate>
  <TriggerOnDelete>0</TriggerOnDelete>
  <AsyncAutodelete>0</AsyncAutodelete>
  <SyncWorkflowLogOnFailure>0</SyncWorkflowLogOnFailure>
  <StateCode></StateCode>
  <StatusCode></StatusCode>
  <RunAs>1</RunAs>
  <IsTransacted>1</IsTransacted>
  <IntroducedVersion></IntroducedVersion>
  <IsCustomizable>1</IsCustomizable>
  <BusinessProcessType>0</BusinessProcessType>
  <IsCustomProcessingStepAllowedForOtherPublishers>1</IsCustomProcessingStepAllowedForOtherPublishers>
  <ModernFlowType>0</ModernFlowType>
  <PrimaryEntity>none</PrimaryEntity>
  <LocalizedNames>
    <LocalizedName languagecode="${language}" description="" />
  </LocalizedNames>
  <Descriptions>
    <Description languagecode="${language}" description="" />
  </Descriptions>
</Workflow>`;
}

export const rootComponentSkeleton = '<RootComponent type="" id="" schemaName="" behavior="0" />';

export const connectionReferenceSkeleton = `<connectionreference connectionreferencelogicalname="">
  <connectionreferencedisplayname></connectionreferencedisplayname>
  <connectorid></connectorid>
  <iscustomizable>1</iscustomizable>
  <promptingbehavior>0</promptingbehavior>
  <statecode>0</statecode>
  <statuscode>1</statuscode>
</connectionreference>`;

export function variableSkeleton(language: number): string {
  return `<environmentvariabledefinition schemaname="">
  <defaultvalue></defaultvalue>
  <description default="">
    <label description="" languagecode="${language}" />
  </description>
  <displayname default="">
    <label description="" languagecode="${language}" />
  </displayname>
  <introducedversion></introducedversion>
  <iscustomizable>1</iscustomizable>
  <isrequired>0</isrequired>
  <secretstore>0</secretstore>
  <type></type>
</environmentvariabledefinition>`;
}

export const contentTypesSkeleton = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
  <Default Extension="xml" ContentType="application/octet-stream" />
  <Default Extension="json" ContentType="application/octet-stream" />
</Types>`;
