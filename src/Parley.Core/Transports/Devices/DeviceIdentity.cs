namespace Parley.Transports.Devices;

/// <summary>Who a device says it is.</summary>
/// <param name="DeviceId">The device, such as its MAC address: printed on it and no secret.</param>
/// <param name="Secret">What only this device knows, such as the id that its software drew and the key that it showed. Compared, never shown.</param>
public sealed record DeviceIdentity(string DeviceId, string Secret);
